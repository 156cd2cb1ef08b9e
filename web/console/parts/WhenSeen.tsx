import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Keeps its room and draws its content only once it comes near the window: what is far below costs nothing at first. */
export const WhenSeen = ({ className, children }: { className: string; children: ReactNode }) => {
  const room = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !room.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: '200px' });
    watch.observe(room.current);
    return () => watch.disconnect();
  }, [seen]);
  return (
    <div ref={room} className={className}>
      {seen && children}
    </div>
  );
};
