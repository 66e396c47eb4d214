import { setPlaces } from './address.js';
import { setClock } from './values.js';
import { view } from './view.js';

/** An element that can only be filled and written. The modules of the site use no more than this to create their parts. */
class WrittenElement {
  constructor(name) {
    this.name = name;
    this.attributes = new Map();
    this.children = [];
  }

  get id() {
    return this.attributes.get('id') ?? '';
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  append(...children) {
    this.children.push(...children);
  }

  toString() {
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
    const content = this.children.map((child) => (child instanceof WrittenElement ? child.toString() : escape(String(child)))).join('');
    return `<${this.name}${attributes}>${content}</${this.name}>`;
  }
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

globalThis.document = {
  createElement: (name) => new WrittenElement(name),
  createElementNS: (space, name) => new WrittenElement(name),
};

/** Returns the parts of the page of a year as HTML, in one JSON object. The input is a JSON object too. */
export function render(json) {
  const { content, index, log, documents, today, feed, years } = JSON.parse(json);
  setPlaces(feed, years);
  setClock(() => new Date(`${today}T12:00:00Z`));
  const { caption, figures, releases } = view(content, index, log && new Map(Object.entries(log).map(([number, lines]) => [Number(number), lines])), documents);
  return JSON.stringify({ caption: escape(caption), figures: figures.join('\n'), releases: releases.join('\n') });
}
