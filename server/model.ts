import { stringify } from 'yaml';
import { type Evaluation, evaluate, foldCount, type Judged, type Trial, trialOf, whyNotJudged } from '#model';
import { BadCommand, BadFile, readArgs, theFile } from './command.ts';
import { isUnreadable } from './edge/files/bytes.ts';
import { parseMapToLookAt } from './edge/files/customers-map.ts';
import { isBadMap, textOfMap } from './edge/files/map.ts';
import { draftTags, isApart, type Labelled, readLabelled } from './edge/files/table-columns.ts';
import type { Draft } from './edge/files/table-draft.ts';
import type { TableMap, TableTag } from './edge/files/table-map.ts';

const text = { type: 'string' } as const;

/** The command `model`; what people read goes to stderr, the figures as one JSON line to stdout. */
export async function runModel([act, ...argv]: string[]): Promise<number> {
  if (act !== 'evaluate')
    throw new BadCommand(
      act === undefined ? 'model evaluate FILE …: see --help.' : `there is no "model ${act}". There is evaluate; see --help.`,
    );
  const { values, positionals } = readArgs(argv, { map: text, label: text });
  const file = theFile(positionals, 'FILE');
  if (values.map === undefined) throw new BadCommand('--map MAP.yaml is missing: it says which column is which tag.');
  if (values.label === undefined) throw new BadCommand('--label COLUMN is missing: it is what the model is to learn.');
  try {
    const map = parseMapToLookAt(await textOfMap(values.map), values.map);
    const trial = await trialFrom(file, map, values.label.trim());
    const evaluation = await evaluate(trial, tellFold);
    tellFigures(evaluation);
    const { auc, ece, n } = evaluation;
    console.log(JSON.stringify({ auc, ece, n }));
    return 0;
  } catch (e) {
    if (isBadMap(e) || isUnreadable(e)) throw new BadFile(e.message);
    throw e;
  }
}

async function trialFrom(file: string, map: TableMap, label: string): Promise<Trial> {
  const tags = map.tags === 'auto' ? await drafted(file, map, label) : withoutApart(map.tags, map, label);
  if (tags.length === 0) throw new BadFile(`${file}: beside the label and the key no tag is left to learn from.`);
  const labelled = await readLabelled(file, map, tags, label);
  tellRows(labelled);
  const why = whyNotJudged(labelled.label);
  if (why !== undefined) throw new BadFile(`${file}: ${why}.`);
  return trialOf(labelled.columns, labelled.label);
}

async function drafted(file: string, map: TableMap, label: string): Promise<readonly TableTag[]> {
  const draft = await draftTags(file, map, label);
  tellDraft(draft);
  return draft.tags;
}

function withoutApart(tags: readonly TableTag[], map: TableMap, label: string): readonly TableTag[] {
  for (const { name, column } of tags)
    if (isApart(map, label, column)) console.error(`tags.${name} is left out: “${column}” is the ${column === label ? 'label' : 'key'}.`);
  return tags.filter(({ column }) => !isApart(map, label, column));
}

/** As YAML, so that it can be put into the map and changed there. */
function tellDraft({ tags, leftOut }: Draft): void {
  console.error('tags:');
  for (const { name, column, kind, known, odd, oddCell } of tags) {
    const entry = stringify({ [name]: { column, kind } }, { collectionStyle: 'flow', lineWidth: 0 })
      .trim()
      .slice(2, -2);
    console.error(
      `  ${entry}${odd > 0 ? ` # ${odd} of the ${known} known cells looked at are none, such as ${JSON.stringify(oddCell)}` : ''}`,
    );
  }
  for (const { column, because } of leftOut) if (because !== 'named') console.error(`  # left out: ${JSON.stringify(column)}, ${because}`);
}

function tellRows({ label, rejected, unlabelled, slips }: Labelled): void {
  const counted = (count: number): string => count.toLocaleString('en');
  const ones = label.reduce((sum, one) => sum + one, 0);
  console.error(`${counted(label.length)} rows, ${counted(ones)} of them yes.`);
  if (unlabelled > 0) console.error(`${counted(unlabelled)} rows are left out: their label is unknown.`);
  if (rejected > 0) console.error(`${counted(rejected)} rows are left out: they cannot be read.`);
  for (const { tag, cells, first } of slips)
    console.error(
      `tags.${tag.name}: ${counted(cells)} cells are no ${tag.kind} and count as unknown, such as “${first.cell}” at line ${first.line}.`,
    );
}

function tellFold({ fold, choice }: Judged): void {
  const { lambda, trees, treeShare, calibration, columns } = choice;
  const logistic = treeShare < 1 ? [`logistic regression (λ ${lambda})`] : [];
  const boosted = treeShare === 0 ? [] : trees === 0 ? ['the share of yes alone'] : [`${trees} trees (${Math.round(treeShare * 100)} %)`];
  console.error(
    `fold ${fold + 1} of ${foldCount}: ${[...logistic, ...boosted].join(' and ')} over ${columns} tags, calibration: ${calibration}`,
  );
}

function tellFigures({ auc, ece, brier, logLoss, lift, folds }: Evaluation): void {
  console.error(
    `AUC ${auc.toFixed(4)} (${folds.map((fold) => fold.auc.toFixed(4)).join(', ')}) · calibration error ${ece.toFixed(4)} · Brier ${brier.toFixed(4)} · log loss ${logLoss.toFixed(4)}`,
  );
  console.error(`lift by tenths: ${lift.map((times) => times.toFixed(2)).join(' ')}`);
}
