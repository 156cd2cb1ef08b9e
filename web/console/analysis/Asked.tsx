import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { Explained } from '../parts/Explained.tsx';

interface Props<T> {
  title: string;
  /** What its figures count. */
  what: string;
  answer: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** One question of the analysis: its title, what its figures count, the instant that they speak of; loading, refused, answered. */
export const Asked = <T extends { at: string }>({ title, what, answer, children }: Props<T>) => (
  <Card
    title={
      <span className="c-titled">
        {title}
        <Explained name={title} text={what} />
      </span>
    }
    extra={answer.data && <DataTime at={answer.data.at} />}
  >
    {answer.isPending && <Loading lines={6} />}
    {answer.error && <Refused error={answer.error} onAgain={() => void answer.refetch()} />}
    {answer.data && children(answer.data)}
  </Card>
);
