import { useTranslation } from 'react-i18next';
import type { OperationView } from '#operation/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { duration, integer } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { may, useMe } from '../session.ts';
import { FailedJobs } from './FailedJobs.tsx';
import { useOperation } from './operation.ts';
import { ParkedNews } from './ParkedNews.tsx';
import { TaskName } from './TaskName.tsx';

/** The night shift's page: what the program does by itself, whether there is a backup, and what waits for a person. */
export const OperationPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const view = useOperation();
  const manages = me !== undefined && may(me, 'operation:manage');
  return (
    <>
      <PageHead title={t('operation.title')} at={view.data?.asOf} />
      {view.isPending && <Loading lines={8} />}
      {view.error && !view.data && <Refused error={view.error} onAgain={() => void view.refetch()} />}
      {view.data && (
        <>
          <Vitals view={view.data} />
          <ParkedNews parked={view.data.parked} manages={manages} />
          <FailedJobs failed={view.data.failed} manages={manages} />
          <Tasks tasks={view.data.tasks} />
        </>
      )}
    </>
  );
};

const BACKUP = { fresh: 'done', late: 'late', none: 'late' } as const;

const Vitals = ({ view: { backup, program, store } }: { view: OperationView }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const now = useNow();
  const size = (bytes: number) =>
    new Intl.NumberFormat(lang, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 2 }).format(bytes / 2 ** 30);
  return (
    <Card title={t('operation.vitals')}>
      <dl className="c-facts">
        <div>
          <dt>
            {t('operation.backup')}
            <Explained name={t('operation.backup')} text={t('operation.backupWhat')} />
          </dt>
          <dd>
            <StateTag state={BACKUP[backup.state]}>{t(`operation.backupIs.${backup.state}`)}</StateTag>{' '}
            {backup.at && <Moment at={backup.at} />}
            {backup.state !== 'fresh' && <span className="c-block c-soft c-small">{t('operation.backupHow')}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('operation.runs')}</dt>
          <dd>{duration(Math.max(0, (now - Date.parse(program.since)) / 1_000), lang)}</dd>
        </div>
        <div>
          <dt>{t('operation.memory')}</dt>
          <dd>{size(program.memoryBytes)}</dd>
        </div>
        <div>
          <dt>{t('operation.store')}</dt>
          <dd>
            {size(store.bytes)} <span className="c-soft">PostgreSQL {store.version}</span>
          </dd>
        </div>
      </dl>
    </Card>
  );
};

const Tasks = ({ tasks }: { tasks: OperationView['tasks'] }) => {
  const { t } = useTranslation();
  return (
    <Card title={t('operation.tasks')} extra={<span className="c-soft">{t('operation.tasksWhat')}</span>}>
      <Scroll label={t('operation.tasks')}>
        <table className="c-counts">
          <thead>
            <tr>
              <th scope="col">{t('operation.task')}</th>
              <th scope="col">{t('operation.lastAt')}</th>
              {(['running', 'waiting', 'failing'] as const).map((name) => (
                <th key={name} scope="col" className="c-num">
                  {t(`operation.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.task}>
                <th scope="row">
                  <TaskName task={task.task} />
                </th>
                <td>
                  {task.lastAt ? (
                    <Moment at={task.lastAt} />
                  ) : (
                    <span className="c-soft">{t(task.byClock ? 'operation.notYet' : 'operation.whenAsked')}</span>
                  )}
                </td>
                <td className="c-num">{integer(task.running)}</td>
                <td className="c-num">{integer(task.waiting)}</td>
                <td className={task.failing > 0 ? 'c-num c-figure-late' : 'c-num'}>{integer(task.failing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Card>
  );
};
