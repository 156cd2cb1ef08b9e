import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DraftLine } from '#scenario/contract';
import { Icon } from '../../kit/icons.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useNames } from '../words.ts';

/** That somebody is working on a scenario: who, since when, how much is still wrong with it. */
export const DraftMark = ({ draft }: { draft: DraftLine }) => {
  const { t } = useTranslation();
  return (
    <p className="c-list-head c-draft-mark">
      <Link to="/scenarios/$id/edit" params={{ id: draft.id }}>
        <Icon name="half" /> {t('editor.draft')}
      </Link>
      <span className="c-soft">
        {draft.editedBy} <TimeAgo at={draft.editedAt} />
      </span>
      {draft.problems > 0 && <span className="c-board-count">{t('editor.problemCount', { count: draft.problems })}</span>}
    </p>
  );
};

/** Scenarios that exist as a draft only. */
export const NewDrafts = ({ drafts }: { drafts: readonly DraftLine[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  if (drafts.length === 0) return null;
  return (
    <section aria-label={t('editor.newDrafts')} className="c-gap-below">
      <h2 className="c-subhead">{t('editor.newDrafts')}</h2>
      <ul className="c-scenarios">
        {drafts.map((draft) => (
          <li key={draft.id} className="c-card">
            <Link to="/scenarios/$id/edit" params={{ id: draft.id }} className="c-scenario-name">
              {names.of(draft.names)}
            </Link>
            <p className="c-soft">
              <span className="c-code">{draft.id}</span> · {draft.root.map((kind) => names.kind(kind)).join(' / ')}
            </p>
            <DraftMark draft={draft} />
          </li>
        ))}
      </ul>
    </section>
  );
};
