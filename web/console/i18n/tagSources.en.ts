/** Where tags come from: the names that the program gives itself, and the warehouse, as people say them. */
export default {
  glasshouse: 'This system',
  rule: 'This system (by rule)',
  model: 'This system (a model)',
  modelOf: 'This system (model “{{score}}”)',
  warehouse: 'Warehouse',
  counter: 'Counter',
  loading: 'Customers are being loaded',
  loadingNext:
    'Tags come with the customers. Once they are loaded, each tag stands here with its definition, its people and how fresh it is.',
  toLoading: 'See how far it is',
};
