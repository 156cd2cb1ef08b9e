import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FiguresView } from '#model/contract';
import { StateTag } from '../../kit/StateTag.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import { three } from './stand.ts';

/** An input that alone tells so much is most likely no input. */
const TOO_GOOD = 0.9;

/** Inputs by how much they move the score; what was left out, and why. */
export const InputList = ({ figures }: { figures: FiguresView }) => {
  const { t } = useTranslation();
  const names = useNames();
  const most = Math.max(0.001, ...figures.inputs.map(({ importance }) => importance));
  return (
    <>
      <Card title={t('model.inputsAsk')}>
        <Scroll label={t('model.inputsAsk')}>
          <table className="c-counts c-mod-inputs">
            <thead>
              <tr>
                <th scope="col">{t('model.tagName')}</th>
                <th scope="col">
                  {t('model.importance')} <Explained name={t('model.importance')} text={t('model.importanceWhat')} />
                </th>
                <th scope="col" className="c-num">
                  {t('model.alone')} <Explained name={t('model.alone')} text={t('model.aloneWhat')} />
                </th>
              </tr>
            </thead>
            <tbody>
              {figures.inputs.map(({ tag, names: said, importance, alone }) => (
                <tr key={tag}>
                  <th scope="row">
                    <Link to="/tags/$name" params={{ name: tag }} title={tag}>
                      {names.of(said)}
                    </Link>
                  </th>
                  <td className="c-bar-cell">
                    <span className="c-mod-weight">
                      <span className="c-tags-room">
                        <span style={{ inlineSize: `${(importance / most) * 100}%` }} />
                      </span>
                      <span className="c-num">{importance.toFixed(2)}</span>
                    </span>
                  </td>
                  <td className="c-num">{alone > TOO_GOOD ? <StateTag state="late">{three(alone)}</StateTag> : three(alone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Card>
      {figures.leftOut.length > 0 && (
        <details className="c-mod-out">
          <summary>{t('model.leftOut', { count: figures.leftOut.length })}</summary>
          <Scroll label={t('model.leftOut', { count: figures.leftOut.length })}>
            <table className="c-counts">
              <thead>
                <tr>
                  <th scope="col">{t('model.tagName')}</th>
                  <th scope="col">{t('model.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {figures.leftOut.map(({ tag, names: said, because }) => (
                  <tr key={tag}>
                    <th scope="row" title={tag}>
                      {names.of(said)}
                    </th>
                    <td>{t(`model.out.${because}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      )}
    </>
  );
};
