import { type ReactNode, useId } from 'react';

/** A titled piece of a page. */
export const Card = ({
  title,
  extra,
  children,
  className = '',
}: {
  title: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
}) => {
  const id = useId();
  return (
    <section className={`c-card ${className}`} aria-labelledby={id}>
      <header className="c-card-head">
        <h2 id={id}>{title}</h2>
        {extra}
      </header>
      {children}
    </section>
  );
};
