import { useNames, useWords } from '../words.ts';
import { Explained } from './Explained.tsx';

/** 口径: what a figure counts, from the dictionary; nothing stands here where the dictionary is silent. */
export const Definition = ({ figure }: { figure: string }) => {
  const words = useWords();
  const names = useNames();
  const found = words.figures.find((f) => f.id === figure);
  return found ? <Explained name={names.of(found.names)} text={names.of(found.definition)} /> : null;
};
