import type { JourneyRow } from '#tracking/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { DueTime } from '../parts/DueTime.tsx';
import { OrderLink } from './orderColumns.tsx';
import { rowState } from './rowState.ts';

/** The same rows on a phone. */
export const OrderCards = ({ rows, onOpen }: { rows: JourneyRow[]; onOpen: (id: string) => void }) => (
  <ul className="c-cards">
    {rows.map((row) => (
      <li key={row.id} className="c-order-card">
        <p className="c-order-card-head">
          <OrderLink row={row} onOpen={onOpen} />
          <StateTag state={rowState(row)} />
        </p>
        <p>
          {row.scenarioName} · {row.milestoneName ?? row.stageName}
        </p>
        <p className="c-soft c-order-card-foot">
          {row.holderName && (
            <span>
              {row.holderName} {row.handler} · {row.holderSince && <TimeAgo at={row.holderSince} />}
            </span>
          )}
          {row.dueAt && row.state === 'open' && <DueTime due={row.dueAt} late={row.overdue} soon={row.dueSoon} />}
        </p>
        {row.wait && <p className="c-soft">{row.wait.name}</p>}
      </li>
    ))}
  </ul>
);
