// Prints NAME RATE lines for scripts/bench.sh: the Rust library `tokenizers`, through its Node package @anush008/tokenizers.
// Usage: node bench-tokenizers.cjs MODULES TEXTS NEW_WORDS FOLDER ...   (files with a JSON array of texts each)
// Rates are texts per second of processor time, in batches of 1,000 on one thread, ids, tokens, offsets and masks made.

const fs = require("fs");
const path = require("path");

process.env.TOKENIZERS_PARALLELISM = "false";
process.env.RAYON_NUM_THREADS = "1";
const [modules, textFile, newWordsFile, ...folders] = process.argv.slice(2);
const { Tokenizer } = require(path.join(modules, "node_modules", "@anush008", "tokenizers"));

const batchSize = 1000;
const warmUpSeconds = 1;
const roundSeconds = 3;

function processorSeconds() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
}

async function run(tokenizer, texts, atLeast) {
    const start = processorSeconds();
    let done = 0;
    let spent;
    do {
        for (let i = 0; i < texts.length; i += batchSize) {
            const batch = texts.slice(i, i + batchSize);
            await tokenizer.encodeBatch(batch);
            done += batch.length;
        }
        spent = processorSeconds() - start;
    } while (spent < atLeast);
    return done / spent;
}

async function print(name, tokenizer, texts) {
    await run(tokenizer, texts, warmUpSeconds);
    console.log(`${name} ${(await run(tokenizer, texts, roundSeconds)).toFixed(1)}`);
}

(async () => {
    const texts = JSON.parse(fs.readFileSync(textFile, "utf8"));
    const newWords = JSON.parse(fs.readFileSync(newWordsFile, "utf8"));
    for (const folder of folders) {
        const tokenizer = Tokenizer.fromFile(path.join(folder, "tokenizer.json"));
        tokenizer.disableTruncation();
        tokenizer.disablePadding();
        const name = path.basename(folder);
        await print(`rust-tokenize-${name}`, tokenizer, texts);
        await print(`rust-tokenize-${name}-new-words`, tokenizer, newWords);
    }
})();
