const arrived = new Map();
const failed = new Set();

async function bring(name, integrity) {
  const cache = failed.has(name) ? "reload" : "default";
  const answer = await fetch(new URL(name, import.meta.url), { integrity, cache });
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}`);
  return WebAssembly.instantiate(await answer.arrayBuffer(), { __wasm_split: wasm });
}

function arrive([name, integrity]) {
  if (!arrived.has(name)) {
    const coming = bring(name, integrity).catch((error) => {
      arrived.delete(name);
      failed.add(name);
      throw error;
    });
    arrived.set(name, coming);
  }
  return arrived.get(name);
}

const part = (...files) => async (callback, data) => {
  const all = await Promise.allSettled(files.map(arrive));
  const faults = all.filter(({ status }) => status === "rejected");
  for (const { reason } of faults) console.error(reason);
  wasm.__indirect_function_table.get(callback)(data, !faults.length);
};
