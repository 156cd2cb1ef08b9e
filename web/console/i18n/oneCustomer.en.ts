/** Words of the page about one customer. */
export default {
  oneCustomer: {
    journeys: 'Orders and care',
    journeysWhat:
      'Journeys that name his identity number, his phone or the number of a service of his: faults and complaints are care, all others orders. Each says how far it is, who has it now and until when it was promised. Those that you may see.',
    group: { care: 'Care (faults, complaints)', orders: 'Orders', tasks: 'Tasks' },
    none: { care: 'No fault or complaint is under way.', orders: 'No order is under way.', tasks: 'No task is under way.' },
    over: 'Over: {{count}}',
    holder: 'Now with {{who}}',
    nobody: 'nobody yet',
    since: 'since',
    promised: 'promised:',
    serial: 'Serial of: {{device}}',
    noSerial: 'its serial went with an erasure',
    erased: 'What was personal of this customer was erased on request:',
    erasedWhat:
      'He still counts and his tags stay; name, phone, ID number and address are not kept, whatever his sources send. If he is a customer again, somebody with the right takes him in again.',
    erasedRows: '{{erased}} rows of people who were erased, nothing personal kept',
    keptBy: 'Some of it is kept by {{sources}}: it holds at once, but the next delivery may say otherwise; let that source know.',
    loadedAt: 'renewed',
    saidBy: {
      source: 'Source: {{source}}',
      rule: 'Tags made by rules',
      model: 'Model “{{model}}”',
      system: 'This system',
      nobody: 'Source not said',
    },
    findFact: 'Find a tag or a value',
    noSuchFact: 'No tag has these words. Try others, or clear the box.',
    allFacts: 'Show {{count}} more',
    fewFacts: 'Show fewer',
    consentAsk: 'You can only look. When the customer wants a change, pass it to a colleague who may note consents, such as customer care.',
    contact: 'May he be met',
    duplicates: 'Possibly the same person',
    contacts: 'Contacts',
    contactsWhat:
      'Every contact that the program knows: talks of the retention desk and how they ended, home visits of the grid, and where he said what he agrees to. Those that you may see, the latest first.',
    noContacts: 'No contact with him is written down yet.',
    earlier: 'Earlier: {{count}}',
    through: { talk: 'Retention talk', ended: 'Retention ended', consent: 'Consent said', visit: 'Home visit' },
  },
};
