waymark.search("x","d3lv4234",4,[
["What is meant by what. The words of this handbook."]
]);
