import { useStepName } from '../useStepName.ts';

/** An event type by its name, its code on hover; the code itself where it has no name. */
export const StepName = ({ type, missing = '' }: { type: string; missing?: string }) => {
  const name = useStepName()(type);
  return name === '' ? <span className="c-code">{type || missing}</span> : <span title={type}>{name}</span>;
};
