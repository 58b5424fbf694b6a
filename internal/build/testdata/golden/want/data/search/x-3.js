waymark.search("x","d3lv4234",3,[
["Up, a section, a term, mail. What is included here. The logo"]
]);
