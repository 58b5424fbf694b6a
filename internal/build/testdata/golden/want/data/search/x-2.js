waymark.search("x","d3lv4234",2,[
["The third missed meeting A short message Waiting"]
]);
