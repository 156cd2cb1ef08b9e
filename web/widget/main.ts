import type { TrackAnswer, TrackedOrder } from '#tracking/contract';
import { ApiRefusal, post } from '../kit/api.ts';
import { duration, type Lang, type Where } from '../kit/format.ts';
import { follow } from '../kit/live.ts';
import tokens from '../kit/tokens.css?inline';
import type { Ask } from '../track/ask.ts';
import { presentStage, worstFirst } from '../track/reading.ts';
import { fill, h } from './dom.ts';
import { lookupForm } from './form.ts';
import { orderView } from './view.ts';
import css from './widget.css?inline';
import en from './widget.en.ts';
import zh from './widget.zh.ts';

/**
 * `<glasshouse-track ticket="…" lang="zh" theme="dark">`: one order, live, in a shadow root, on any page. Without `ticket` it shows the
 * look-up form. A `<script src="…/widget.js" data-ticket|data-lookup data-lang data-theme>` puts one where it stands.
 */

const script = (document.currentScript ?? document.querySelector('script[src*="/widget.js"]')) as HTMLScriptElement | null;
const host = script ? new URL(script.src, location.href).origin : location.origin;

const sheet = new CSSStyleSheet();
sheet.replaceSync(tokens + css);

class GlasshouseTrack extends HTMLElement {
  static readonly observedAttributes = ['ticket', 'lang', 'theme', 'zone'];
  #root = this.attachShadow({ mode: 'open' });
  #stage = h('div');
  /** Says a new stage aloud; it stays while the picture is drawn anew. */
  #said = h('p', { class: 'said', role: 'status' });
  #stop = () => {};
  #beat = 0;

  connectedCallback() {
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.replaceChildren(this.#stage, this.#said);
    this.#begin();
  }

  disconnectedCallback() {
    this.#rest();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#begin();
  }

  get #where(): Where {
    const lang: Lang = /^en/i.test(this.getAttribute('lang') ?? '') ? 'en-US' : 'zh-CN';
    return { lang, zone: this.getAttribute('zone') || 'Asia/Shanghai' };
  }

  get #words() {
    return this.#where.lang === 'en-US' ? en : zh;
  }

  #rest() {
    this.#stop();
    this.#stop = () => {};
    clearInterval(this.#beat);
  }

  #begin() {
    this.#rest();
    const theme = this.getAttribute('theme');
    if (theme) this.dataset.theme = theme;
    else delete this.dataset.theme;
    const ticket = this.getAttribute('ticket');
    if (ticket) void this.#ask({ ticket });
    else this.#form(null);
  }

  #form(said: string | null) {
    this.#stage.replaceChildren(lookupForm(this.#words, said, (ask) => void this.#ask(ask)));
  }

  async #ask(ask: Ask) {
    const words = this.#words;
    const isTicket = 'ticket' in ask;
    this.#stage.replaceChildren(h('article', {}, h('p', { role: 'status', class: 'quiet' }, words.asking)));
    try {
      const { orders } = await post<TrackAnswer>(`${host}/api/track`, ask, { language: this.#where.lang });
      if (!this.isConnected) return;
      if (orders.length === 0) return this.#form(isTicket ? words.missTicket : words.miss);
      this.#show(orders, isTicket ? `#t=${encodeURIComponent(ask.ticket)}` : '');
    } catch (error) {
      const wait = error instanceof ApiRefusal ? error.retryAfter : null;
      const said = wait
        ? fill(words.wait, { time: duration(wait, this.#where.lang) })
        : error instanceof ApiRefusal
          ? error.message
          : words.fault;
      this.#form(said);
    }
  }

  /** Nothing is touched that has not changed: selection stays, and the focus comes back to where it was. */
  #paint(next: HTMLElement[]) {
    const written = (nodes: Iterable<Element>) => [...nodes].map((node) => node.outerHTML).join('');
    if (written(this.#stage.children) === written(next)) return;
    const presses = () => [...this.#stage.querySelectorAll<HTMLElement>('a, button')];
    const focused = presses().indexOf(this.#root.activeElement as HTMLElement);
    this.#stage.replaceChildren(...next);
    presses()[focused]?.focus();
  }

  /** All that was found: the first one followed live, the others one press away. */
  #show(orders: TrackedOrder[], fragment: string) {
    const words = this.#words;
    let chosen = worstFirst(orders)[0] as TrackedOrder;
    let staleSince: number | null = null;
    const page = `${host}/track?lang=${this.#where.lang}${fragment}`;
    const draw = () => {
      const others = orders.filter((order) => order.ref !== chosen.ref);
      const pick = (order: TrackedOrder) => h('button', { type: 'button', class: 'other', onclick: () => begin(order) }, order.title);
      const view = orderView({ order: chosen, words, where: this.#where, now: Date.now(), staleSince, page });
      const back = fragment ? null : h('button', { type: 'button', class: 'other', onclick: () => this.#begin() }, words.again);
      this.#paint([view, ...others.map(pick), ...(back ? [back] : [])]);
    };
    const begin = (order: TrackedOrder) => {
      this.#rest();
      chosen = order;
      staleSince = null;
      draw();
      this.#beat = setInterval(draw, 60_000) as unknown as number;
      this.#stop = follow<TrackedOrder>({
        path: host + order.watch,
        language: this.#where.lang,
        onValue: (next) => {
          const stage = presentStage(next);
          if (stage && stage.id !== presentStage(chosen)?.id) this.#said.textContent = stage.name;
          chosen = next;
          draw();
        },
        onState: (live) => {
          const since = live.state === 'stale' ? live.since : null;
          if (since === staleSince) return;
          staleSince = since;
          draw();
        },
      });
    };
    begin(chosen);
  }
}

if (!customElements.get('glasshouse-track')) customElements.define('glasshouse-track', GlasshouseTrack);

if (script && ('ticket' in script.dataset || 'lookup' in script.dataset)) {
  const { ticket, lang, theme, zone } = script.dataset;
  const given = Object.entries({ ticket, lang, theme, zone }).filter(([, value]) => value);
  script.after(h('glasshouse-track' as 'div', Object.fromEntries(given) as Record<string, string>));
}
