import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { duration } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { useStepName } from '../useStepName.ts';
import { useNames } from '../words.ts';

/** The picture's table: one line per step. */
export const StepTable = ({ scenario }: { scenario: Scenario }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const stepName = useStepName();
  const stage = new Map(scenario.stages.map((s) => [s.id, names.of(s.names)]));
  return (
    <Scroll className="c-card" label={t('scenario.table')}>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col">{t('field.stage')}</th>
            <th scope="col">{t('field.milestone')}</th>
            <th scope="col">{t('field.holder')}</th>
            <th scope="col">{t('scenario.step')}</th>
            <th scope="col">{t('field.source')}</th>
            <th scope="col" className="c-num">
              p50
            </th>
            <th scope="col" className="c-num">
              p90
            </th>
          </tr>
        </thead>
        <tbody>
          {scenario.milestones.flatMap((milestone) =>
            milestone.steps.map((step, i) => (
              <tr key={`${milestone.id} ${step.source} ${step.type}`}>
                <td>{i === 0 && stage.get(milestone.stage)}</td>
                <th scope="row">{i === 0 && names.of(milestone.names)}</th>
                <td>{i === 0 && names.holder(milestone.holder)}</td>
                <td>
                  {stepName(step.type)} <span className="c-code c-soft">{step.type}</span>{' '}
                  {step.optional && <span className="c-soft">{t('scenario.optional')}</span>}
                </td>
                <td>{names.system(step.source)}</td>
                <td className="c-num">{duration(step.p50, lang)}</td>
                <td className="c-num">{duration(step.p90, lang)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </Scroll>
  );
};
