/** The languages the server speaks; Chinese where nothing else is asked for. */
export type Lang = 'zh' | 'en';

/** "en-GB;q=0.9, zh;q=0.8" → "en". Unknown languages, "*" and no header: "zh". Equal weights: the first named. */
export function languageOf(acceptLanguage: string | undefined): Lang {
  let best: { lang: Lang; q: number } = { lang: 'zh', q: 0 };
  for (const part of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...params] = part.trim().toLowerCase().split(';');
    const lang = /^(zh|en)(?:-|$)/.exec(tag.trim())?.[1] as Lang | undefined;
    const q = Number(params.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((x) => x !== undefined) ?? 1);
    if (lang && q > best.q) best = { lang, q };
  }
  return best.lang;
}

const shown = (value: unknown): string =>
  Array.isArray(value) ? value.map(shown).join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Puts `details` in the places of a sentence: "{name} is taken" with { name: "li" } → "li is taken". What is absent leaves "…". */
export const fill = (sentence: string, details: Readonly<Record<string, unknown>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => (details[name] === undefined || details[name] === null ? '…' : shown(details[name])));

/** A sentence in another language, found again by its template; what no template made is given back as it is. */
export type Retell = (said: string) => string;

/** Of pairs of templates: "{name} is taken" and its like; what stands for a `{name}` is retold too where it is a sentence itself. */
export function retelling(pairs: readonly (readonly [from: string, to: string])[]): Retell {
  const forms = pairs.map(([from, to]) => {
    const names = [...from.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string);
    const parts = from.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { names, to, form: new RegExp(`^${parts.join('([\\s\\S]*?)').trimEnd()}\\s*$`) };
  });
  const retell: Retell = (said) => {
    for (const { form, names, to } of forms) {
      const found = form.exec(said);
      if (found) return fill(to, Object.fromEntries(names.map((name, i) => [name, retell(found[i + 1] ?? '')]))).trimEnd();
    }
    return said;
  };
  return retell;
}
