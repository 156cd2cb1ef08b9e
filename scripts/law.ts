import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { apps, impurePackage, openSchemas, purePlatform, ranks } from '../server/architecture.ts';

/** One TypeScript file, read as far as the law needs: what it imports, what texts stand in it. Paths are relative to the project, with slashes. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

interface Facts {
  readonly imports: readonly string[];
  /** Names taken from each specifier; `*` when not by name. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Of `export … from`: exported name → file. */
  readonly exports: ReadonlyMap<string, string>;
  readonly texts: readonly string[];
  /** Something else than `export … from`. */
  readonly logic: boolean;
}

const isTest = (file: string): boolean => /\.(test|e2e)\.tsx?$|\/fixtures\.ts$/.test(file);

/** Every TypeScript file below these folders. */
export function readSources(repo: string, folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(repo, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => ({ file: `${folder}/${name}`, text: fs.readFileSync(path.join(repo, folder, name), 'utf8') })),
  );
}

function factsOf({ file, text }: Source): Facts {
  const imports: string[] = [];
  const texts: string[] = [];
  const names = new Map<string, string[]>();
  const exports = new Map<string, string>();
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const isFrom = (n: ts.Node): n is ts.ImportDeclaration | ts.ExportDeclaration => ts.isImportDeclaration(n) || ts.isExportDeclaration(n);
  const walk = (node: ts.Node): void => {
    if (isFrom(node)) {
      if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return;
      const from = node.moduleSpecifier.text;
      const listed = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      const elements = listed && (ts.isNamedImports(listed) || ts.isNamedExports(listed)) ? [...listed.elements] : undefined;
      const whole = elements === undefined || (ts.isImportDeclaration(node) && node.importClause?.name !== undefined);
      imports.push(from);
      names.set(from, [
        ...(names.get(from) ?? []),
        ...(whole ? ['*'] : []),
        ...(elements ?? []).map((e) => (e.propertyName ?? e.name).text),
      ]);
      if (ts.isExportDeclaration(node)) for (const e of elements ?? []) exports.set(e.name.text, from);
      return;
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [what] = node.arguments;
      if (what && ts.isStringLiteral(what)) imports.push(what.text);
    }
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) texts.push(node.head.text + node.templateSpans.map((s) => `$0${s.literal.text}`).join(''));
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return { imports, names, exports, texts, logic: tree.statements.some((s) => !(ts.isExportDeclaration(s) && s.moduleSpecifier)) };
}

interface Place {
  readonly module: string;
  readonly name: string;
}

const placeOf = (file: string): Place | undefined => {
  const [, module, name] = /^server\/modules\/([^/]+)\/(.+)\.ts$/.exec(file) ?? [];
  return module === undefined || name === undefined ? undefined : { module, name };
};

/** Every breach of the law, as sentences; none: the law is kept. */
export function breaches(sources: readonly Source[], calls: Readonly<Record<string, readonly string[]>>): string[] {
  const facts = new Map(sources.map((s) => [s.file, factsOf(s)]));
  const modules = [...new Set(sources.flatMap((s) => placeOf(s.file)?.module ?? []))];
  const out: string[] = [];
  for (const [file, { imports, texts, logic }] of facts) {
    const place = placeOf(file);
    if (place !== undefined)
      out.push(...inModule(file, place, facts), ...doorsOf(file, place, imports, logic), ...foreignSql(file, place.module, texts, modules));
    else if (file.startsWith('server/')) out.push(...besideModules(file, imports));
    else if (file.startsWith('web/')) out.push(...inWeb(file, imports));
  }
  return [...out, ...inCalls(callsOf(sources), modules, calls)];
}

/** Who really calls whom: imports of another module's index, tests left out. */
export function callsOf(sources: readonly Source[]): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  for (const source of sources) {
    const place = placeOf(source.file);
    if (place === undefined || isTest(source.file)) continue;
    for (const to of factsOf(source).imports) {
      const called = /^#([^/]+)$/.exec(to)?.[1];
      if (called !== undefined && called !== place.module) used.set(place.module, (used.get(place.module) ?? new Set()).add(called));
    }
  }
  return used;
}

/** A file's rank: its name's, else that of the highest thing it imports. */
function rankOf(file: string, facts: ReadonlyMap<string, Facts>, trail: readonly string[] = []): number {
  const { name } = placeOf(file) as Place;
  return ranks[name] ?? reach(file, facts, trail);
}

function reach(file: string, facts: ReadonlyMap<string, Facts>, trail: readonly string[]): number {
  const imported = facts.get(file)?.imports ?? [];
  return Math.max(
    0,
    ...imported.map((to) => {
      if (to.startsWith('./')) {
        const target = path.posix.join(path.posix.dirname(file), to);
        return trail.includes(target) || !placeOf(target) ? 0 : rankOf(target, facts, [...trail, file]);
      }
      const platform = /^#platform\/(.+)$/.exec(to)?.[1];
      if (platform !== undefined) return purePlatform.includes(platform) ? 0 : 1;
      if (to.startsWith('#'))
        return to.includes('/') ? 0 : rankOfCall(to.slice(1), facts.get(file)?.names.get(to) ?? ['*'], facts, [...trail, file]);
      return impurePackage.test(to) ? 1 : 0;
    }),
  );
}

/** What is called of another module has the rank of the file it comes from: its pure decisions are as pure there as at home. */
function rankOfCall(module: string, names: readonly string[], facts: ReadonlyMap<string, Facts>, trail: readonly string[]): number {
  const exports = facts.get(`server/modules/${module}/index.ts`)?.exports;
  return Math.max(
    0,
    ...names.map((name) => {
      const from = exports?.get(name);
      if (from === undefined) return 2;
      const target = path.posix.join(`server/modules/${module}`, from);
      return trail.includes(target) ? 0 : rankOf(target, facts, trail);
    }),
  );
}

function inModule(file: string, { name }: Place, facts: ReadonlyMap<string, Facts>): string[] {
  const out: string[] = [];
  if (isTest(file)) return out;
  if (name.includes('/') && !name.startsWith('migrations/')) out.push(`${file}: a module is one flat folder`);
  const imports = facts.get(file)?.imports ?? [];
  for (const to of imports) if (to.startsWith('..')) out.push(`${file} climbs out of its folder: ${to}`);
  const rank = ranks[name];
  if (rank !== undefined && reach(file, facts, []) > rank)
    out.push(`${file} has rank ${rank}, but what it imports has rank ${reach(file, facts, [])}`);
  return out;
}

function doorsOf(file: string, { module, name }: Place, imports: readonly string[], logic: boolean): string[] {
  const out: string[] = [];
  if (name === 'index' && logic) out.push(`${file} is a door: it exports from other files and does nothing else`);
  for (const to of imports) {
    const [, other, door] = /^#([^/]+)(?:\/(.+))?$/.exec(to) ?? [];
    if (other === undefined || other === 'platform' || isTest(file)) continue;
    if (other === module) out.push(`${file} uses its own module's door ${to}: import the file`);
    if (door === 'module') out.push(`${file} imports ${to}: that door is main.ts's`);
    if (door !== undefined && !['module', 'events', 'contract'].includes(door)) out.push(`${file} imports ${to}: there is no such door`);
  }
  return out;
}

/** The platform, the edges and the top files. */
function besideModules(file: string, imports: readonly string[]): string[] {
  if (isTest(file)) return [];
  const out: string[] = [];
  const [, where = ''] = /^server\/(platform|edge)\//.exec(file) ?? [];
  for (const to of imports) {
    if (where === 'platform' && (to.startsWith('..') || /^#(?!platform\/)/.test(to))) out.push(`${file} is platform and looks up: ${to}`);
    if (where === 'edge' && /^#(?!platform\/)[^/]+\/module$/.test(to)) out.push(`${file} imports ${to}: that door is main.ts's`);
    if (where === 'edge' && to.startsWith('../')) out.push(`${file} climbs out of its folder: ${to}`);
  }
  return out;
}

/** The web knows the wire forms and nothing else of the server; an app knows itself and the kit. */
function inWeb(file: string, imports: readonly string[]): string[] {
  const out: string[] = [];
  const app = file.split('/')[1] as string;
  const open = [app, 'kit', ...(apps[app] ?? [])];
  for (const to of imports) {
    if (to.startsWith('#') && !/^#[^/]+\/contract$/.test(to)) out.push(`${file} is web and imports ${to}: only contracts are open to it`);
    if (!to.startsWith('.')) continue;
    const target = path.posix.join(path.posix.dirname(file), to);
    if (!target.startsWith('web/')) out.push(`${file} climbs out of web: ${to}`);
    else if (!open.includes(target.split('/')[1] as string) && !isTest(file)) out.push(`${file} imports another app: ${to}`);
  }
  return out;
}

const SQL = /\b(select|insert into|update|delete from|create|alter|truncate|merge|copy|lock)\b[\s\S]*[a-z_"]\./i;

function foreignSql(file: string, module: string, texts: readonly string[], modules: readonly string[]): string[] {
  if (isTest(file)) return [];
  const foreign = [...modules, 'platform', 'vault'].filter((m) => m !== module && !openSchemas.includes(m));
  const named = new RegExp(`(?<![\\w.'"/-])"?(${foreign.join('|')})"?\\.["a-z_]`);
  return texts.flatMap((text) =>
    SQL.test(text) && named.test(text) ? [`${file}: its SQL names the schema ${named.exec(text)?.[1]}, which is not its own`] : [],
  );
}

function inCalls(
  used: ReadonlyMap<string, ReadonlySet<string>>,
  modules: readonly string[],
  calls: Readonly<Record<string, readonly string[]>>,
): string[] {
  const out: string[] = [];
  for (const module of modules) if (!(module in calls)) out.push(`module ${module} is not declared in architecture.ts`);
  for (const [from, allowed] of Object.entries(calls))
    for (const to of allowed) if (!used.get(from)?.has(to)) out.push(`unused permission: ${from} may call ${to}, but does not`);
  for (const [from, called] of used)
    for (const to of called) if (!calls[from]?.includes(to)) out.push(`undeclared call: ${from} calls ${to}`);
  const done = new Set<string>();
  const walk = (module: string, trail: readonly string[]): void => {
    if (trail.includes(module)) {
      out.push(`calls go round: ${[...trail, module].join(' → ')}`);
      return;
    }
    if (done.has(module)) return;
    for (const to of calls[module] ?? []) walk(to, [...trail, module]);
    done.add(module);
  };
  for (const module of Object.keys(calls)) walk(module, []);
  return out;
}
