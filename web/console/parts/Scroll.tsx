import type { ReactNode } from 'react';

/** Something wide that scrolls sideways by itself, by keyboard too. */
export const Scroll = ({ label, className = '', children }: { label: string; className?: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reached by keyboard
  <section className={`c-scroll ${className}`} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
