import { EVERYONE } from '#tag';
import type { Form } from './memory-block.ts';
import type { Plan } from './plan.ts';

/** The tags that a plan reads, and as what it reads each. */
export function needsOf(plan: Plan): readonly { readonly tag: number; readonly form: Form | undefined }[] {
  switch (plan.op) {
    case 'and':
    case 'or':
      return plan.of.flatMap(needsOf);
    case 'flag':
      return [{ tag: plan.tag, form: 'flag' }];
    case 'codes':
      return [{ tag: plan.tag, form: 'codes' }];
    case 'range':
      return [{ tag: plan.tag, form: 'number' }];
    case 'known':
    case 'unknown':
      return [{ tag: plan.tag, form: undefined }];
    case 'top':
      return [{ tag: plan.by, form: 'number' }, ...needsOf(plan.of)];
    default:
      return [];
  }
}

/** Those tags, each once, with the one that says who counts. */
export const tagsOf = (plan: Plan): number[] => [...new Set([EVERYONE, ...needsOf(plan).map((n) => n.tag)])];
