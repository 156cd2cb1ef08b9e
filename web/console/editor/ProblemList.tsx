import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { useNames } from '../words.ts';
import { useEditor } from './editor.ts';
import type { Found } from './problems.ts';
import { whereOf } from './whereOf.ts';

/** What is wrong, each a button to its field; or that nothing is. */
export const ProblemList = ({ fresh, onGo }: { fresh: boolean; onGo: (problem: Found) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { scenario, problems } = useEditor();
  if (problems.length === 0) {
    return (
      <p className="c-note c-edit-well" role="status">
        {fresh ? (
          <>
            <Icon name="check" /> {t('editor.noProblems')}
          </>
        ) : (
          t('editor.checking')
        )}
      </p>
    );
  }
  return (
    <details className="c-note c-note-wait c-edit-problems" open>
      <summary>
        <Icon name="alert" /> <strong role="status">{t('editor.problems', { count: problems.length })}</strong>
      </summary>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.code}`}>
            <button type="button" className="c-link" onClick={() => onGo(problem)}>
              {whereOf(scenario, problem.path, names, t)}
            </button>{' '}
            {names.of(problem.names)}
          </li>
        ))}
      </ul>
    </details>
  );
};
