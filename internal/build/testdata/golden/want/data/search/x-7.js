waymark.search("x","d3lv4234",7,[
["A plan."]
]);
