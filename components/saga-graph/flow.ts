/**
 * The one place that knows React Flow. Version 13 changes how changes are handled: it is to be changed here.
 */
export {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  BaseEdge,
  type Connection,
  type Edge as FlowEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  type Node as FlowNode,
  type NodeChange,
  type NodeProps,
  type OnConnectEnd,
  type OnEdgesChange,
  type OnNodeDrag,
  type OnNodesChange,
  Panel as FlowPanel,
  Position,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore as useFlowStore,
} from '@xyflow/react'
