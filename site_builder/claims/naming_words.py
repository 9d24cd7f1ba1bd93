"""Words beside a numeral that say whether it names or counts; in lower case, but for the units."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


POINTERS = _words(
    "p pp table tab figure fig section sec sect chapter ch appendix annex equation eq eqn page pages pg",
    "footnote version ver v listing algorithm theorem lemma corollary proposition definition volume vol no nr",
    "issue issues pr port paragraph item exhibit panel exercise part type phase stage tier line article clause",
    "rfc iso option rev revision slide supplement commit release patch ticket bug question chap lecture",
)
"""Nouns that point at a numbered thing however they are written: ``table 2``, ``phase 3``."""
UNDOTTED = _words(
    "p pp no nr tab sec ch fig v ver vol eq eqn sect chap rev",
)
"""Of these, the ones that are other words unless they end in a dot or begin with a capital letter."""
LABELS = _words(
    "step finding attempt run round experiment example task claim hypothesis study trial level grade group",
    "cohort class category case scenario layer block epoch seed day week month year quarter rule principle",
    "lesson tip note fact model variant milestone row column box plot chart graph map schedule act title book",
    "series season episode game match lap route gate floor room building zone district region area site lot",
    "batch node worker rank device gpu cpu core slot channel track test set split fold checkpoint problem",
    "objective goal aim theme method approach strategy setup configuration config condition arm wave iteration",
    "sprint unit module lab",
)
"""Nouns that label with a number when they begin with a capital letter: ``Step 50``."""
PRODUCTS = _words(
    "python pytorch tensorflow numpy pandas scipy cuda cudnn ubuntu debian fedora centos alpine windows macos",
    "ios android linux kernel java jdk kotlin scala ruby rails php node nodejs npm typescript javascript perl",
    "julia lua clang gcc llvm cmake docker kubernetes postgres postgresql mysql sqlite redis mongodb spark",
    "hadoop kafka airflow django flask react vue angular bootstrap html css http tls ipv llama qwen mistral",
    "mixtral gemma gemini claude gpt sonnet opus haiku deepseek grok phi falcon pythia bert whisper alexnet",
    "resnet vgg yolo iphone ipad pixel galaxy playstation xbox chrome firefox safari unicode usb bluetooth",
    "wifi apache nginx openssl intel ryzen xeon epyc geforce radeon rtx gtx titan tesla blender excel word",
    "matlab spss stata sas fortran cobol ecmascript firmware jq pip conda poetry setuptools pytest mypy ruff",
    "tox helm terraform ansible gnu gpl lgpl agpl apollo boeing airbus covid type basemap ggplot duckdb polars",
    "transformers flash chatgpt sonar command nova kimi glm minimax codestral devstral magistral starcoder",
    "codellama vicuna alpaca yi o dbrx jamba olmo smollm granite nemotron ernie",
)
"""Names whose number is a version or a model, also at the beginning of a sentence."""
LOWER_PRODUCTS = _words(
    "python pytorch tensorflow numpy pandas scipy cuda ubuntu debian macos java ruby php gcc llvm postgres",
    "postgresql mysql sqlite llama qwen gemma gemini claude gpt whisper django iphone unicode duckdb polars",
    "jdk usb clang",
)
"""Of these, the ones that are no other word when written in lower case."""
METRICS = _words(
    "accuracy mean median mode average avg score loss error rate ratio precision recall auc auroc auprc roc",
    "map bleu rouge meteor mmlu rmse mae mse mape sd se sem ci iqr hr rr or r kl f m n p t z d k perplexity",
    "ppl wer cer psnr ssim fid iou elo gain gains total sum count min max minimum maximum range latency",
    "throughput speedup cost price time duration size length width height weight depth scores value values",
    "result results reward return returns performance improvement drop increase decrease reduction delta lr",
    "temperature threshold baseline top under over gsm hellaswag humaneval mbpp truthfulqa arc winogrande gpqa",
    "aime odds hazard kappa alpha beta gamma lambda sigma ph f1 r2 acc percent percentage ram vram memory disk",
)
"""Nouns whose number is a measurement even where they begin with a capital letter."""
COMMON = _words(
    "a about above across after again all almost also although among an and another any approximately are",
    "around as at be because been before below between both but by can compared consider could did do does",
    "down during each either even every exactly except few fewer for from get gives had has have having he her",
    "here his how however i if in including instead into is it its just last least less like many maybe might",
    "more most much my nearly neither new next nine no nor not now of off often on once one only onto or other",
    "our out over per perhaps plus roughly same see several she should since so some still such than that the",
    "their them then there these they this those though three through throughout thus till to together too two",
    "under unless until up upon us use used uses using versus very via vs was we were what when where whereas",
    "whether which while who whose why will with within without would yes yet you your four five six seven",
    "eight ten first second third finally overall adding averaging comparing given taking training running",
    "testing found find note add added run takes took keep keeps make makes made needs need requires contains",
    "contain includes include covers cover shows show reports report reached reaches gained gains lost loses",
    "saves save saved wins won removed removes remove fixed fixes fix collects collected achieves achieved",
    "scored scores beats beat improves improved reduces reduced cuts drops dropped falls fell rises rose grew",
    "grows adds got getting spikes jumps doubles returns returned costs cost equals totals averages spent",
    "spends processes processed handles supports support approx ca barely hardly merely additional further",
    "extra total top best worst median mean average max min maximum minimum let set sets pick choose select",
    "limit allow wait try sample",
)
"""Words that name nothing, whatever letter they begin with."""
COUNTED = _words(
    "samples sample steps step runs run episodes examples example rows row columns cases people persons",
    "participants patients subjects users tokens iterations epochs tests trials images documents questions",
    "items records entries points times percent per minutes minute hours hour seconds second days weeks months",
    "milliseconds ms s min h x files lines words characters requests queries votes voters children adults",
    "students respondents men women households countries cities observations measurements events errors",
    "failures passengers kilometres kilometers km miles meters metres m kg grams dollars euros usd eur gb mb",
    "kb bytes bits pages parameters params models experiments simulations replicates replications permutations",
    "bootstraps resamples draws chains genes cells mice rats birds fish species movies films books articles",
    "papers citations repositories commits stars downloads games matches players teams different distinct",
    "random unique training additional prompts responses completions problems tasks sites nodes edges features",
    "dimensions classes labels clusters threads workers cores jobs calls messages sentences paragraphs tweets",
    "posts comments reviews orders customers employees companies firms schools units copies tons tonnes watts",
    "volts hz mm cm calories seats of pounds tables plots claims numbers figures",
)
"""Words after a numeral that make it a count, even one that looks like a year."""
SIZED = _words(
    "model models variant variants checkpoint checkpoints baseline network lm llm llms student teacher version",
    "base instruct chat run runs class scale size sizes threshold transformer encoder decoder parameter",
    "parameters",
)
"""Words after ``120M`` that make it the size that a model is called by."""
BILLIONS = _words(
    "tokens token people users rows dollars records events examples samples requests queries years euros usd",
    "views downloads visits transactions messages words characters observations points bytes operations flops",
    "calls images documents pages items edges pairs devices",
)
"""Words after ``8B`` that make it a count and not a model's size."""
RELEASES = _words(
    "release releases version versions milestone branch series api beta alpha preview lts",
)
"""Words after ``1.0`` that make it a version."""
KINDS = _words(
    "bit shot way sided tailed gram grams hop ary tuple star dimensional",
)
"""Words behind a hyphen that make a kind of thing with the number: ``4-bit``, ``5-shot``, ``two-way``."""
COUNTING_PREFIXES = _words(
    "sub near approx over under non minus plus about around up",
)
"""Words before a hyphen that leave the number a quantity: ``sub-10ms``."""
EXTENSIONS = _words(
    "csv tsv json jsonl md rst txt py ipynb yaml yml html htm pdf png jpg jpeg svg gif log parquet xlsx xls sh",
    "rs go js ts tsx css toml ini cfg gz zip tar bz2 xz zst c h cc cpp hpp java rb r sql sqlite db bin pt pth",
    "npz npy pkl onnx gguf safetensors whl deb exe dll so lock proto mp3 mp4 wav flac",
)
"""Endings of file names."""
YEAR_CUES = _words(
    "in since from until till by during before after between circa ca c early late mid year years fy spring",
    "summer autumn fall winter season election copyright edition vintage dated monday tuesday wednesday",
    "thursday friday saturday sunday",
)
"""Words before a numeral that make it a year."""
DETERMINERS = _words(
    "the a an its our their his her this that your my original early late first second updated new",
)
"""Words before a year that another word follows: ``the 2016 survey``."""
MOMENTS = _words(
    "summer winter spring autumn fall end start beginning middle class half quarter year election crisis as",
    "early late edition version survey census crash pandemic january february march april may june july august",
    "september october november december since decade data release revolution war",
)
"""Words before "of" that make what follows a year: ``the summer of 1998``."""
CHANGES = _words(
    "grew grow grows rose rise rises fell fall falls dropped drop drops increased increase increases decreased",
    "decrease decreases reduced reduce reduces improved improve improves multiplied divided cut exceeded",
    "shrank",
)
"""Words before "by" that make what follows an amount: ``grew by 2000``."""
TOUCHING_UNITS = _words(
    "x k K M B G T bn mn mm cm m km nm µm μm um mi ft ns us µs μs ms s sec secs min mins h hr hrs d wk wks mo",
    "yr yrs kB KB MB GB TB PB KiB MiB GiB TiB kb Kb Mb Gb Tb kbps Mbps Gbps bps B/s Hz kHz MHz GHz W mW kW MW",
    "GW Wh kWh MWh J kJ mJ MJ g kg mg µg t lb lbs oz L mL ml l ha eV keV MeV V mV A mA dB pt px pp ppm bp fps",
    "qps rps tps tok FLOP FLOPs FLOPS GFLOPS TFLOPS PFLOPS USD EUR GBP C F X",
)
"""Units that may touch the digits; other letters there make a name."""
SPACED_UNITS = _words(
    "x k bn ns us µs μs ms s sec secs min mins h hr hrs kB KB MB GB TB PB KiB MiB GiB TiB Mbps Gbps Hz kHz MHz",
    "GHz W kW Wh kWh J kJ g kg mg mm cm m km nm dB pp px ppm fps USD EUR percent per times fold percentage",
    "points point million billion trillion thousand seconds second minutes minute hours hour days weeks months",
    "milliseconds microseconds nanoseconds degrees dollars euros",
)
"""Units a blank or a hyphen away from the digits."""
