import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import { Button, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Axis, Indicator } from '#enterprise/contract';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import type { EditProps } from './TablesEditor.tsx';

const AXES: readonly Axis[] = ['value', 'loyalty', 'competition'];
const FEN = 100;
const MOST_BANDS = 10;

/** Money is typed in yuan and kept in fen. */
const typed = (value: number, unit: Indicator['unit']): number => (unit === 'fen' ? value / FEN : value);
const kept = (value: number, unit: Indicator['unit']): number => (unit === 'fen' ? Math.round(value * FEN) : value);

/** What each indicator gives from which value on, and for how long a fact is good. */
export const IndicatorFields = ({ tables, off, edit }: EditProps) => {
  const { t } = useTranslation();
  const names = useNames();
  const partOf = (id: string) => tables.parts.find((p) => p.id === id);
  const suffixOf = (unit: Indicator['unit']) => (unit === 'fen' ? t('rule.unit.fen') : unit === 'percent' ? '%' : undefined);
  return AXES.map((axis) => (
    <section key={axis}>
      <h3 className="c-subhead">{t(`enterprise.axis.${axis}`)}</h3>
      <Scroll label={t(`enterprise.axis.${axis}`)}>
        <table className="c-counts c-ent-indicators">
          <thead>
            <tr>
              <th scope="col">{t('enterprise.indicator')}</th>
              <th scope="col">
                {t('enterprise.table.from')} → {t('enterprise.table.points')}
              </th>
              <th scope="col">{t('enterprise.table.valid')}</th>
            </tr>
          </thead>
          <tbody>
            {tables.indicators.map((one, i) =>
              partOf(one.part)?.axis !== axis ? null : (
                <tr key={one.id}>
                  <th scope="row">
                    {names.of(one.names)}
                    <Explained name={names.of(one.names)} text={names.of(one.meaning)} />
                    <span className="c-block c-soft c-small">{names.of(partOf(one.part)?.names)}</span>
                  </th>
                  <td>
                    <ul className="c-ent-bands">
                      {one.bands.map((band, at) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a band is known by its place
                        <li key={at}>
                          <InputNumber
                            size="small"
                            disabled={off}
                            aria-label={`${names.of(one.names)} ${t('enterprise.table.from')} ${at + 1}`}
                            value={typed(band.from, one.unit)}
                            precision={one.unit === 'fen' ? 2 : 0}
                            suffix={suffixOf(one.unit)}
                            onChange={(value) =>
                              value !== null &&
                              edit((draft) => void Object.assign(draft.indicators[i]!.bands[at]!, { from: kept(value, one.unit) }))
                            }
                          />
                          <span aria-hidden="true">→</span>
                          <InputNumber
                            size="small"
                            disabled={off}
                            className="c-ent-points"
                            aria-label={`${names.of(one.names)} ${t('enterprise.table.points')} ${at + 1}`}
                            value={band.points}
                            min={0}
                            max={100}
                            precision={0}
                            onChange={(points) =>
                              points !== null && edit((draft) => void Object.assign(draft.indicators[i]!.bands[at]!, { points }))
                            }
                          />
                          {!off && one.bands.length > 1 && (
                            <Button
                              size="small"
                              type="text"
                              icon={<DeleteOutlined />}
                              aria-label={t('enterprise.table.dropBand')}
                              title={t('enterprise.table.dropBand')}
                              onClick={() => edit((draft) => void draft.indicators[i]!.bands.splice(at, 1))}
                            />
                          )}
                        </li>
                      ))}
                      {!off && one.bands.length < MOST_BANDS && one.unit !== 'flag' && (
                        <li>
                          <Button
                            size="small"
                            onClick={() =>
                              edit((draft) => {
                                const { bands } = draft.indicators[i]!;
                                const last = bands.at(-1)!;
                                bands.push({ from: last.from + kept(1, one.unit), points: last.points });
                              })
                            }
                          >
                            {t('enterprise.table.addBand')}
                          </Button>
                        </li>
                      )}
                    </ul>
                  </td>
                  <td>
                    <InputNumber
                      size="small"
                      disabled={off}
                      aria-label={`${names.of(one.names)} ${t('enterprise.table.valid')}`}
                      value={one.validDays}
                      min={1}
                      max={3_650}
                      precision={0}
                      placeholder={t('enterprise.table.forever')}
                      onChange={(validDays) => edit((draft) => void Object.assign(draft.indicators[i]!, { validDays }))}
                    />
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </Scroll>
    </section>
  ));
};
