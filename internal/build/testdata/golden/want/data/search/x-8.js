waymark.search("x","d3lv4234",8,[
[""]
]);
