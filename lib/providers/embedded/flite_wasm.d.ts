declare const flite: WebAssembly.Module;
export default flite;
