import { type ReactNode, useId } from 'react';

/** A control with its label beside it, outside of a form. */
export const Field = ({ label, children }: { label: string; children: (id: string) => ReactNode }) => {
  const id = useId();
  return (
    <div className="c-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
};
