waymark.search("x","d3lv4234",14,[
["Shows how. See the sponsor and the first check.\nDoes a teacher show how?"]
]);
