import { useTranslation } from 'react-i18next';

/** What a task does, and its name for whoever reads the log. */
export const TaskName = ({ task }: { task: string }) => {
  const { t } = useTranslation();
  const said = t(`operation.taskIs.${task.replace('.', '_')}`, { defaultValue: '' });
  return (
    <>
      {said}
      <span className="c-block c-code c-soft c-small">{task}</span>
    </>
  );
};
