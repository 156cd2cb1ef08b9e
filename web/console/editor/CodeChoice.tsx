import { Checkbox } from 'antd';
import { Card } from '../parts/Card.tsx';
import { Wrong } from './EditField.tsx';
import { fieldId, useEditor } from './editor.ts';
import { toggled } from './operations.ts';

interface Known {
  code: string;
  name: string;
  what: string;
}

/** Which of the trade's waits or exceptions a scenario has; a code that nobody knows any more stays until it is taken out. */
export const CodeChoice = ({ list, title, known }: { list: 'waits' | 'exceptions'; title: string; known: Known[] }) => {
  const { scenario, change } = useEditor();
  const chosen = scenario[list];
  const unknown = chosen.filter((code) => !known.some((one) => one.code === code)).map((code) => ({ code, name: code, what: '' }));
  const order = known.map(({ code }) => code);
  return (
    <Card title={`${title} · ${chosen.length}`}>
      <ul className="c-edit-codes" id={fieldId(list)} tabIndex={-1}>
        {[...known, ...unknown].map(({ code, name, what }) => {
          const path = `${list}.${chosen.indexOf(code)}`;
          return (
            <li key={code}>
              <Checkbox
                id={fieldId(path)}
                checked={chosen.includes(code)}
                onChange={() => change((s) => ({ ...s, [list]: toggled(s[list], code, order) }))}
              >
                {name}
                {what && <span className="c-block c-edit-hint">{what}</span>}
              </Checkbox>
              <Wrong path={path} />
            </li>
          );
        })}
      </ul>
    </Card>
  );
};
