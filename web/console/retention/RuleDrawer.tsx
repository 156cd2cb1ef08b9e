import { App, Drawer } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../kit/faces.tsx';
import { useNames } from '../words.ts';
import { NEW, type Rule } from './rules.ts';

const RuleEditor = lazy(() => import('./RuleEditor.tsx').then((m) => ({ default: m.RuleEditor })));

interface Props {
  id: string | undefined;
  rules: readonly Rule[];
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** One rule to be read, tried and changed; the address says which. */
export const RuleDrawer = ({ id, rules, onClose, onOpen }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const names = useNames();
  const rule = rules.find((one) => one.id === id) ?? null;
  if (id === undefined || (rule === null && id !== NEW)) return null;
  return (
    <Drawer open onClose={onClose} size="min(56rem, 100vw)" title={rule ? names.of(rule.names) : t('rule.add')}>
      <Suspense fallback={<Loading lines={10} />}>
        <RuleEditor
          key={`${id} ${rule?.version ?? 0}`}
          rule={rule}
          onSaved={(saved) => {
            void message.success(t('rule.saved', { version: saved.version }));
            onOpen(saved.id);
          }}
        />
      </Suspense>
    </Drawer>
  );
};
