import { type Ask, askOf, type Fields, type Way } from '../track/ask.ts';
import { h } from './dom.ts';
import type { Words } from './view.ts';

/** The look-up form: the same two ways as the page. `said`: what to tell above it. */
export const lookupForm = (words: Words, said: string | null, onAsk: (ask: Ask) => void): HTMLElement => {
  const body = h('div', { class: 'find' });
  const show = (way: Way) => {
    const names: (keyof Fields)[] = way === 'number' ? ['serviceNumber'] : ['idNumber', 'phone'];
    const inputs = names.map((name) =>
      h('input', {
        id: name,
        autocomplete: name === 'idNumber' ? 'off' : 'tel',
        inputmode: name === 'phone' ? 'tel' : 'text',
        maxlength: '128',
        spellcheck: 'false',
      }),
    );
    const wrong = h('p', { class: 'wrong', role: 'alert' });
    const submit = (event: Event) => {
      event.preventDefault();
      const fields: Fields = { serviceNumber: '', idNumber: '', phone: '' };
      for (const input of inputs) fields[input.id as keyof Fields] = input.value;
      const asked = askOf(way, fields);
      if ('ask' in asked) return onAsk(asked.ask);
      wrong.textContent = words.missing;
      inputs.find((input) => input.id === asked.missing)?.focus();
    };
    const choice = (each: Way, label: string) =>
      h('button', { type: 'button', 'aria-pressed': String(each === way), onclick: () => show(each) }, label);
    body.replaceChildren(
      h('div', { class: 'ways' }, choice('number', words.byNumber), choice('person', words.byPerson)),
      h(
        'form',
        { onsubmit: submit, novalidate: true, autocomplete: 'off' },
        ...inputs.map((input) => h('label', {}, words[input.id as keyof Fields], input)),
        wrong,
        h('button', { class: 'button' }, words.submit),
      ),
    );
  };
  show('number');
  return h('article', {}, said ? h('p', { class: 'note calm', role: 'alert' }, said) : null, body);
};
