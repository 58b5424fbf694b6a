waymark.search("x","d3lv4234",6,[
["Fill it in together."]
]);
