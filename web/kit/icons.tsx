import type { ReactNode } from 'react';

/** Our few drawn signs, one stroke width, the text's own colour and size. Decoration: the word stands beside each. */
const shapes = {
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  dot: <circle cx="12" cy="12" r="6" fill="currentColor" stroke="none" />,
  ring: <circle cx="12" cy="12" r="6" />,
  dash: <path d="M6 12h12" />,
  pause: <path d="M8.5 6v12M15.5 6v12" />,
  alert: <path d="M12 5v9M12 18.5v.5" />,
  cross: <path d="M7 7l10 10M17 7L7 17" />,
  half: (
    <>
      <circle cx="12" cy="12" r="7" />
      <path d="M12 8v4l3 2" />
    </>
  ),
  phone: <path d="M6.5 4h3l1.5 4-2 1.5a11 11 0 005.5 5.5L16 13l4 1.5v3a2 2 0 01-2 2A14.5 14.5 0 014.5 6a2 2 0 012-2z" />,
  share: <path d="M12 15V4M8 7.5L12 3.5l4 4M6 11.5H5V20h14v-8.5h-1" />,
  copy: <path d="M9 9h10v11H9zM15 9V4H5v11h4" />,
  calendar: <path d="M5 6h14v14H5zM5 10.5h14M9 3.5v4M15 3.5v4" />,
  parcel: <path d="M4 8l8-4 8 4v8.5l-8 4-8-4zM4 8l8 4 8-4M12 12v8.5" />,
  shield: <path d="M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 12l2.200 2.200L15.200 10" />,
  person: <path d="M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c.8-4 3.800-6 7.5-6s6.700 2 7.5 6" />,
  back: <path d="M14.5 5.5L8 12l6.5 6.5" />,
  down: <path d="M6 9.5l6 6 6-6" />,
  lock: <path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3" />,
  search: <path d="M11 17.5a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM16 16l4.5 4.5" />,
  offline: (
    <path d="M4 4l16 16M3 10a13 13 0 014-2.700M10.5 6A13 13 0 0121 10M6.5 13.5A8 8 0 0110 11.600M14.5 12a8 8 0 013 1.5M12 18.5v.3" />
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export const Icon = ({ name }: { name: IconName }) => (
  <svg
    className="g-icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {shapes[name]}
  </svg>
);
