import { useState } from 'react';

/** True from the first time that it is: what is fetched only when it is wanted stays there to close in peace. */
export const useOnce = (now: boolean): boolean => {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return was || now;
};
