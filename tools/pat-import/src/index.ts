export { type GraphForm, encoderGraph } from './encoder-graph.ts'
export { type OnnxGraph, encodeOnnxModel } from './onnx-model.ts'
export { ARCHITECTURES, type PatArchitecture, expectedTensors, patchesOf } from './pat-architecture.ts'
export { type PatWeights } from './pat-weights.ts'
