import type { ReactNode } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { useNames } from '../words.ts';
import { fieldId, useEditor } from './editor.ts';

/** What a control needs to be found by its label and by a problem's path, and to be read out with the problem. */
export interface FieldProps {
  id: string;
  status: 'error' | '';
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

/** A labelled control of the draft, its problems in words below it. */
export const EditField = ({
  path,
  label,
  hint,
  children,
}: {
  path: string;
  label: string;
  hint?: string;
  children: (field: FieldProps) => ReactNode;
}) => {
  const id = fieldId(path);
  const { problems } = useEditor();
  const own = problems.some((one) => one.path === path);
  const field: FieldProps = own ? { id, status: 'error', 'aria-invalid': true, 'aria-describedby': `${id}-wrong` } : { id, status: '' };
  return (
    <div className="c-edit-field">
      <label htmlFor={id}>{label}</label>
      {children(field)}
      {hint && !own && <span className="c-edit-hint">{hint}</span>}
      <Wrong path={path} id={`${id}-wrong`} />
    </div>
  );
};

/** The problems of exactly this place, in words. */
export const Wrong = ({ path, id }: { path: string; id?: string }) => {
  const names = useNames();
  const { problems } = useEditor();
  const own = problems.filter((one) => one.path === path);
  if (own.length === 0) return null;
  return (
    <span id={id} className="c-edit-wrong">
      {own.map((one) => (
        <span key={one.code} className="c-block">
          <Icon name="alert" />
          {names.of(one.names)}
        </span>
      ))}
    </span>
  );
};
