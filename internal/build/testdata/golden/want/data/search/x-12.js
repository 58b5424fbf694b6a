waymark.search("x","d3lv4234",12,[
["What a mentor can be. A mentor is several people at once.","One by one","","See below."]
]);
