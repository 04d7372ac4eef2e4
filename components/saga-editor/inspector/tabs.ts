export type InspectorTab = 'config' | 'compensation' | 'policy' | 'data'
