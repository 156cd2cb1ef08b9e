import { type RefObject, useEffect, useState } from 'react';

/** The inner width of an element in pixels, 0 until it is known. */
export const useWidth = (ref: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!ref.current) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, [ref]);
  return width;
};
