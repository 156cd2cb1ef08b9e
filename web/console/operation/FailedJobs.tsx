import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OperationView } from '#operation/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useAct } from './operation.ts';
import { Shown } from './ParkedNews.tsx';
import { TaskName } from './TaskName.tsx';

/** Jobs whose last run failed: those that are tried again by themselves, and those that were given up. */
export const FailedJobs = ({ failed, manages }: { failed: OperationView['failed']; manages: boolean }) => {
  const { t } = useTranslation();
  const act = useAct();
  return (
    <Card title={t('operation.failed')} extra={<Shown {...failed} />}>
      {failed.items.length === 0 ? (
        <p className="c-soft">{t('operation.noneFailed')}</p>
      ) : (
        <Scroll label={t('operation.failed')}>
          <table className="c-counts">
            <thead>
              <tr>
                {['task', 'state', 'fault', 'since'].map((name) => (
                  <th key={name} scope="col">
                    {t(`operation.${name}`)}
                  </th>
                ))}
                {manages && <th scope="col">{t('operation.acts')}</th>}
              </tr>
            </thead>
            <tbody>
              {failed.items.map((job) => (
                <tr key={job.id}>
                  <th scope="row">
                    <TaskName task={job.task} />
                  </th>
                  <td>
                    <StateTag state={job.state === 'given-up' ? 'late' : 'waiting'}>{t(`operation.jobIs.${job.state}`)}</StateTag>
                    <span className="c-block c-soft c-small">
                      {t('operation.attempts', { count: job.attempts, most: job.mostAttempts })}{' '}
                      {job.state === 'retrying' && (
                        <>
                          {t('operation.next')} <Moment at={job.next} />
                        </>
                      )}
                    </span>
                  </td>
                  <td>{job.fault}</td>
                  <td className="c-oneline">
                    <Moment at={job.since} />
                  </td>
                  {manages && (
                    <td>
                      <Button size="small" loading={act.isPending} onClick={() => act.mutate({ to: 'jobs/retry', body: { id: job.id } })}>
                        {t('operation.retry')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Card>
  );
};
