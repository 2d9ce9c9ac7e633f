/**
 * Frequent words of general speech. They carry a little, so a passage with them is preferred, but
 * that a passage lacks them says nothing: callers tell stories.
 */
export const COMMON_WORDS: readonly string[] = `
here even such else rather instead either neither both whether though although however therefore
anyway besides except without within against toward towards along across behind below above under
beside between beyond inside near far away together alone almost nearly often sometimes usually
simply exact exactly clearly surely honestly truly total whole half part parts piece side top bottom
front end middle left straight main common general special certain several various single procedure
process requirement requirements needed necessary required way option case reason point matter idea
fact example situation condition word words name rest result cause purpose goal chance gain have
benefit like love hate enjoy prefer choose decide believe feel guess suppose expect hope worry
imagine consider remember notice realise realize agree allow let permit enable offer provide
provides provided include includes included contain consist involve depend belong follow lead bring
carry hold catch pull push throw drop pick set sit stand walk run drive ride travel meet visit stay
live living lives reside born grow build wait hurry sleep wake eat drink cook clean wash wear sign
write read listen speak learn teach study train plan manage handle deal treat serve sort solve
produce create design develop increase improve succeed fail win lose save spend waste share touch
cover close fill finish complete continue remain appear disappear exist occur arrive leave enter
return back turn switch press click tap type select insert attach remove delete add join separate
divide split match compare measure count weigh test check prove show hide reveal morning evening
noon midnight today yesterday recently lately nowadays currently previously already yet still soon
ever never once twice again always forever constantly suddenly slowly difficult easy hard simple
complicated strange weird terrible horrible awful ugly pretty happy sad angry annoyed upset tired
frustrated disappointed serious urgent normal usual regular different similar available ready able
unable impossible likely unlikely true false real possible long short high low tall wide deep heavy
light strong weak full empty dirty hot cold warm cool wet dry young rich poor safe dangerous quiet
loud bright dark public private personal official local national international foreign own same
other another next previous following further person people neighbour guys folks everyone family
members users user owner thing things stuff item kind version model brand place spot corner town
home keep keeps kept doing done did seen heard told said gone going went came coming gets getting
sets hour hours minute minutes second seconds

mwenye wenye lenye yenye penye kwanza pili tatu mwisho katikati karibu mbali nje mbele nyuma pembeni
kushoto kulia kote popote daima milele kawaida mara ghafla polepole upesi hasa zaidi kidogo tu pia
vizuri vibaya bora afadhali kweli hakika labda pengine huenda lazima sharti bure muhimu ngumu
utaratibu njia namna aina sababu mfano hali jambo mambo neno maneno shughuli kiwango furaha huzuni
hasira uchovu asubuhi mchana jioni usiku saa dakika sekunde fikiri

vraiment presque souvent parfois chaque plusieurs beaucoup peu assez moins ensemble seul seule
pendant autour près loin dedans dehors dessus dessous gauche droite devant derrière procédure façon
manière raison exemple chose choses gens besoin envie
`.trim().split(/\s+/);
