import {
  DefaultIntrinsics,
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core'
import type { CodeLimits } from './limits'

const PAGE_BYTES = 64 * 1024
/** What the build of QuickJS asks for at least. */
const INITIAL_PAGES = 256

/** A fresh QuickJS in a WebAssembly instance of its own, whose memory cannot outgrow the limit. */
export interface Quickjs {
  readonly context: QuickJSContext
  /** Sets the polls that may pass before the code is interrupted. */
  refuel(polls: number): void
  memoryBytes(): number
}

/**
 * `setMemoryLimit` does not hold, so the memory itself is capped, and that needs one instance per program.
 * @param variant `@jitl/quickjs-wasmfile-release-sync`; injected, so that each side loads it its own way
 * @param wasm compiled once per page or process: an instance then takes a few ms
 */
export async function bootQuickjs(
  variant: QuickJSSyncVariant,
  wasm: WebAssembly.Module,
  limits: CodeLimits,
): Promise<Quickjs> {
  const memory = new WebAssembly.Memory({
    initial: INITIAL_PAGES,
    maximum: Math.max(INITIAL_PAGES, Math.floor(limits.memoryBytes / PAGE_BYTES)),
  })
  const module = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, { wasmModule: wasm, wasmMemory: memory }),
  )
  const runtime = module.newRuntime()
  runtime.setMaxStackSize(limits.stackBytes)
  let left = Number.POSITIVE_INFINITY
  runtime.setInterruptHandler(() => {
    left -= 1
    return left < 0
  })
  const context = runtime.newContext({
    intrinsics: { ...DefaultIntrinsics, Date: false, Proxy: false, Promise: false, TypedArrays: false },
  })
  return {
    context,
    refuel: (polls) => {
      left = polls
    },
    memoryBytes: () => memory.buffer.byteLength,
  }
}
