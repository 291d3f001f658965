// An ink story of QUESTIONS questions with a condition each; prints the median milliseconds of a turn
// after ANSWERS of them. Arguments: QUESTIONS ANSWERS, with inkjs in a node_modules above the folder it is run in.
const { createRequire } = require("node:module");
const inkjs = createRequire(process.cwd() + "/")("inkjs/full");
const [questions, answers] = process.argv.slice(2).map(Number);

const knots = Array.from({ length: questions }, (_, n) => `
=== q${n} ===
{ said > ${Math.floor(n / 2)}: And number ${n}? | What about number ${n}? }
+ [vague]
    ~ said = said + 1
    What exactly?
    -> ${n + 1 < questions ? `q${n + 1}` : "END"}
+ [clear]
    ~ said = said + 2
    -> ${n + 1 < questions ? `q${n + 1}` : "END"}
`);
const story = new inkjs.Compiler("VAR said = 0\n-> q0\n" + knots.join("")).Compile();
story.ContinueMaximally();
const times = [];
for (let n = 0; n + 1 < questions; n++) {
  const start = process.hrtime.bigint();
  story.ChooseChoiceIndex(n % 2);
  story.ContinueMaximally();
  if (n >= answers) times.push(Number(process.hrtime.bigint() - start) / 1e6);
}
times.sort((a, b) => a - b);
console.log(times[Math.floor(times.length / 2)]);
