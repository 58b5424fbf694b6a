waymark.search("x","d3lv4234",5,[
["Where everybody begins. Begin with the sponsor, or look at all roles."]
]);
