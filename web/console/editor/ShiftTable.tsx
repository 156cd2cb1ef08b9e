import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { JourneyShift } from '#tracking/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import { differing } from './shifts.ts';

type Face = JourneyShift['before'];

/** Journey by journey: where it stands, and where the other version would have it stand. */
export const ShiftTable = ({ items, label }: { items: readonly JourneyShift[]; label: string }) => {
  const { t } = useTranslation();
  const names = useNames();
  const say: Record<keyof ReturnType<typeof differing>, (face: Face) => React.ReactNode> = {
    state: (face) => <StateTag state={face.state} />,
    stage: (face) => face.stageName ?? '–',
    milestone: (face) => face.milestoneName ?? '–',
    holder: (face) => (face.holder ? names.holder(face.holder) : '–'),
    dueAt: (face) => (face.dueAt ? <Moment at={face.dueAt} /> : '–'),
  };
  const columns = Object.keys(say) as (keyof typeof say)[];
  return (
    <Scroll label={label}>
      <table className="c-counts c-edit-shifts">
        <thead>
          <tr>
            <th scope="col">{t('field.number')}</th>
            <th scope="col">{t('scenario.version')}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`editor.shift.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const differs = differing(item);
            return (
              <tr key={item.id}>
                <th scope="row">
                  <Link to="." search={((old: object) => ({ ...old, open: item.id })) as never} resetScroll={false}>
                    {item.root.value}
                  </Link>
                </th>
                <td>v{item.version}</td>
                {columns.map((column) => (
                  <td key={column}>
                    {differs[column] ? (
                      <>
                        <del>{say[column](item.before)}</del>
                        <span className="c-block">
                          → <ins>{say[column](item.after)}</ins>
                        </span>
                      </>
                    ) : (
                      <span className="c-soft">{say[column](item.after)}</span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
};
